#include "houses/rushscene.h"
