"""What people from outside check, and what they found (การติดตามตรวจสอบโดยภาคประชาชน).

``samples``: a monthly random sample of closed cases, drawn so that anybody can check the draw. May import ``casework`` and below.
"""
