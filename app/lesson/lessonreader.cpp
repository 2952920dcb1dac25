#include "lesson/lessonreader.h"
