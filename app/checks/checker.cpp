#include "checks/checker.h"
