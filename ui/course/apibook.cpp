#include "course/apibook.h"
