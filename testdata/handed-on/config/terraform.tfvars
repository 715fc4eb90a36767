engine_version = "16.4"
