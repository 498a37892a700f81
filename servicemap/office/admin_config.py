from django.contrib.admin.apps import AdminConfig


class OperatorsAdminConfig(AdminConfig):
    default_site = "servicemap.office.admin_site.OperatorsSite"
