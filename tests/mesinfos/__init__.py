"""The MesInfos pilot."""
