'use strict';

// The kernel says that it was done as soon as there is somebody: who has got the signal is another matter.
process.kill(-1, 'SIGKILL');
