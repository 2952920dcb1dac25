#include "learning/progress.h"
