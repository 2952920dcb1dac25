#include "window/openwindow.h"

int main(int argc, char** argv)
{
    return bistro::ui::openWindow(argc, argv);
}
