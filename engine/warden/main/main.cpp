#include "warden/warden.h"

int main(int argc, char** argv)
{
    return bistro::warden::run(argc, argv);
}
