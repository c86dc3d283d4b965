"""What is typed in a shell: one module for each sub-command of bot.py."""
