"""What stands between the pages and the browser: the shell, sessions, security, logs, delivery."""
