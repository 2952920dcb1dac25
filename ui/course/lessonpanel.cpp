#include "course/lessonpanel.h"
