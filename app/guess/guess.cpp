#include "guess/guess.h"
