"""Numbers rounded to a grid, so that sums of their products come out exactly.

Adding up in another order changes the last digits of a float, and the order depends on the size of
a block, on the machine and on how many threads a library takes. Then equals would no longer be
equal. Multiples of 2^-a times multiples of 2^-b, added up to no more than 2^(24 - a - b), need no
rounding in float32 at all: whatever the order, the sum is the same.
"""

import numpy as np
from numpy.typing import NDArray

#: Bits that a person's number and a role's have behind the point, together. Sums up to 2 are exact.
BITS = 23
#: Of these, what either side of a text's vector has. The cosine of two rounded vectors is about
#: 0.0001 off.
PERSON_TEXT_BITS, ROLE_TEXT_BITS = 13, 10


def on_grid(values: NDArray[np.floating], bits: int) -> NDArray[np.float32]:
    """The nearest multiples of 2^-bits."""
    step = np.float32(2.0**bits)
    return np.rint(values.astype(np.float32, copy=False) * step) / step
