"""Money: the files of French banks, and the standards OFX, QIF, CAMT and MT940.

An operation is a `transaction` whose amount has the sign of the account: negative is money that left. The same
operation in two formats has two labels and two identities: date, amount and account do not prove that it is one.
"""
