"""The assessors' desk (งานของผู้ประเมิน): who may assess whom, what waits, and the pages where it is done."""
