"""Reference data: Member States, donors, exchange rates, global goals."""
