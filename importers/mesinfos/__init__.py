"""Records as the partners of the MesInfos pilot (2016-2018) returned them: EDF, GRDF, Orange, MAIF, a bank."""
