#include "guess/game.h"
