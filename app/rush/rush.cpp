#include "rush/rush.h"
