"""The model of regional primary care: people, practices, appointments and out-of-hours posts."""
