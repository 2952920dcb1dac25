#include "checks/report.h"
