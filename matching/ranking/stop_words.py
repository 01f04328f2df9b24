"""Words of English that say nothing about what somebody likes to do.

Short: words of grammar, and those with which people begin a sentence about themselves ("I would
like to …"). Not in it on purpose: "it" and "us" (IT support, US), "who" (World Health
Organization), and "help", "work", "people", "volunteer": how common they are among the roles
decides what they count. Other languages have no list; there too, rarity decides.
"""

_WORDS = """
a about after again all also am an and any are as at be because been before being both but by
can could did do does doing don for from further had has have having he her here hers him his
how i if in into is isn its itself just ll me more most much my no nor not now of off on once
one only or other our ours out over own re same she should so some such than that the their theirs
them then there these they this those through to too under until up upon ve very was we were
what when where which while why will with would you your yours
enjoy im interested keen like love really want
"""

STOP_WORDS = frozenset(_WORDS.split())
