"""Reports to incidents: article drafts and table rows in one form, and several reports of one event as one."""
