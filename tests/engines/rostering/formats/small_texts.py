"""Hand-made files in the benchmarks' forms, as small as their rules allow."""

CURTOIS = """# a ward of two
SECTION_HORIZON
7

SECTION_SHIFTS
D,480,
N,600,D

SECTION_STAFF
A,D=7|N=0,2400,960,5,2,2,0
B,D=3|N=7,2400,960,7,1,1,1

SECTION_DAYS_OFF
A,0,1

SECTION_SHIFT_ON_REQUESTS
A,2,D,2
A,2,D,1

SECTION_SHIFT_OFF_REQUESTS
B,3,N,4

SECTION_COVER
""" + "".join(f"{day},D,1,100,1\n{day},N,{day % 2},50,2\n" for day in range(7))

SCENARIO = """SCENARIO = n003w2

WEEKS = 2

SKILLS = 2
HeadNurse
Nurse

SHIFT_TYPES = 2
Early (2,5)
Night (1,14)

FORBIDDEN_SHIFT_TYPES_SUCCESSIONS
Early 0
Night 1 Early

CONTRACTS = 3
Full (6,9) (2,4) (2,3) 1 1
Half (3,5) (1,3) (1,4) 1 0
Unused (3,5) (1,3) (1,4) 1 0

NURSES = 3
Anna Full 2 HeadNurse Nurse
Bo Full 1 Nurse
Cia Half 1 Nurse
"""

HISTORY = """HISTORY
0 n003w2

NURSE_HISTORY
Anna 0 0 Night 1 3 0
Bo 2 1 None 0 0 5
Cia 0 0 None 0 0 0
"""

WEEK = """WEEK_DATA
n003w2

REQUIREMENTS
Early HeadNurse (0,0) (0,1) (0,0) (0,0) (0,0) (0,0) (0,0)
Early Nurse (1,1) (0,0) (0,0) (0,0) (0,0) (0,0) (0,2)
Night HeadNurse (0,0) (0,0) (0,0) (0,0) (0,0) (0,0) (0,0)
Night Nurse (0,0) (0,0) (0,0) (1,2) (0,0) (0,0) (0,0)

SHIFT_OFF_REQUESTS = 2
Bo Any Thu
Anna Night Sun
"""

QUIET_WEEK = """WEEK_DATA
n003w2

REQUIREMENTS
Early HeadNurse (0,0) (0,0) (0,0) (0,0) (0,0) (0,0) (0,0)
Early Nurse (0,0) (0,0) (0,0) (0,0) (0,0) (0,0) (0,0)
Night HeadNurse (0,0) (0,0) (0,0) (0,0) (0,0) (0,0) (0,0)
Night Nurse (0,0) (0,0) (0,0) (0,0) (0,0) (0,0) (0,0)

SHIFT_OFF_REQUESTS = 0
"""
