#include "lesson/momentlink.h"
