"""SNCF Connect: train and coach tickets."""
