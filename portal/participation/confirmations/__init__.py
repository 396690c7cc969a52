"""Confirmations (การยืนยันระดับ): an assessor says on which level an agency stands, with reasons."""
