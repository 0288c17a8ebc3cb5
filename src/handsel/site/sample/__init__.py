NAME = "x"
def make_sample(session): return "nothing"
