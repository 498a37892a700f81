from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "exchange"

    def ready(self) -> None:
        from exchange.unkept import forget_door
        from verification.services.around.unkept import also_forget

        also_forget(forget_door)
