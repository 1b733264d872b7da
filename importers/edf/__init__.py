"""EDF, supplier of electricity and gas: the downloads of the page where customers follow their use."""
