#include "course/courselist.h"
