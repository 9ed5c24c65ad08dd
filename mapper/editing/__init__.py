"""What an editor decides about the incidents: corrections that win at every run, and what must not be shown."""
