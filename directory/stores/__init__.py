"""Writing the read model, a module for each kind of table. Who may call which is a contract."""
