"""The Bot API side: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""
