"""How different the tasks are: call graphs, metrics and plots."""
