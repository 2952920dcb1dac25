#include "lesson/nodedocs.h"
