"""What pages and machines are shown of a monitor: models and questions, without HTTP. Everything passes `sight`."""
