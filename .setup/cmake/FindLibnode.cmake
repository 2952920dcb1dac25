# Libnode: Node as a library, with V8's headers. Sets Libnode_VERSION and Libnode_V8_VERSION, defines libnode::libnode.
#
# The version that is asked for is the one that is taken, not the least: the engine lays V8's objects out by itself,
# and with another one each recorded run would abort.
find_path(Libnode_INCLUDE_DIR node.h PATH_SUFFIXES node)
find_library(Libnode_LIBRARY node)
if(Libnode_INCLUDE_DIR)
    file(STRINGS "${Libnode_INCLUDE_DIR}/node_version.h" lines REGEX "^#define NODE_(MAJOR|MINOR|PATCH)_VERSION [0-9]+")
    string(REGEX REPLACE "[^0-9;]" "" numbers "${lines}")
    string(REPLACE ";" "." Libnode_VERSION "${numbers}")
    file(STRINGS "${Libnode_INCLUDE_DIR}/v8-version.h" lines
        REGEX "^#define V8_(MAJOR_VERSION|MINOR_VERSION|BUILD_NUMBER|PATCH_LEVEL) [0-9]+")
    string(REGEX REPLACE "#define V8_[A-Z_]+ " "" numbers "${lines}")
    string(REPLACE ";" "." Libnode_V8_VERSION "${numbers}")
    string(REGEX MATCH "^[0-9]+" major "${Libnode_VERSION}")
    if(Libnode_FIND_VERSION_MAJOR AND NOT major STREQUAL Libnode_FIND_VERSION_MAJOR)
        string(CONCAT Libnode_NOT_FOUND_MESSAGE
            "Bistro is made for Node ${Libnode_FIND_VERSION_MAJOR}, and ${Libnode_INCLUDE_DIR} has "
            "Node ${Libnode_VERSION}: start ./run, which makes itself a private Debian 13 with the right one.")
        if(Libnode_FIND_REQUIRED)
            message(FATAL_ERROR "${Libnode_NOT_FOUND_MESSAGE}")
        endif()
        set(Libnode_FOUND FALSE)
        return()
    endif()
endif()
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Libnode REQUIRED_VARS Libnode_LIBRARY Libnode_INCLUDE_DIR VERSION_VAR Libnode_VERSION)
if(Libnode_FOUND AND NOT TARGET libnode::libnode)
    add_library(libnode::libnode SHARED IMPORTED)
    set_target_properties(libnode::libnode PROPERTIES IMPORTED_LOCATION "${Libnode_LIBRARY}")
    target_include_directories(libnode::libnode SYSTEM INTERFACE "${Libnode_INCLUDE_DIR}")
endif()
