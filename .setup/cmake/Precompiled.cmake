# Two precompiled headers, each made once and taken by all targets that may see what is in it: a third to a half of what
# compiling a file costs is reading Qt's and the standard library's headers.
#
# bistro_precompiled(TARGET LINKED…) gives the target the one that fits the libraries that it links, or none.

foreach(content IN ITEMS core widgets)
    add_library(bistro_precompiled_${content} OBJECT ${PROJECT_SOURCE_DIR}/.setup/precompiled/empty.cpp)
    # As in every room: a macro that a header asks for must not differ.
    target_compile_definitions(bistro_precompiled_${content} PRIVATE QT_NO_CAST_FROM_ASCII QT_NO_FOREACH)
    target_precompile_headers(bistro_precompiled_${content} PRIVATE
        ${PROJECT_SOURCE_DIR}/.setup/precompiled/${content}.h)
    if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
        target_compile_options(bistro_precompiled_${content} PRIVATE -fpch-preprocess) # for ccache
    endif()
endforeach()
target_link_libraries(bistro_precompiled_core PRIVATE Qt6::Core bistro_warnings)
target_link_libraries(bistro_precompiled_widgets PRIVATE Qt6::Widgets bistro_warnings)

function(bistro_precompiled target)
    set(content "")
    set(open ${ARGN})
    while(open)
        list(POP_FRONT open link)
        if(link STREQUAL Qt6::Widgets)
            set(content widgets)
            break()
        elseif(link STREQUAL Qt6::Core)
            set(content core)
        elseif(link MATCHES "^bistro_")
            get_target_property(shown ${link} INTERFACE_LINK_LIBRARIES)
            if(shown)
                list(APPEND open ${shown})
            endif()
        endif()
    endwhile()
    if(content AND NOT CMAKE_DISABLE_PRECOMPILE_HEADERS)
        target_precompile_headers(${target} REUSE_FROM bistro_precompiled_${content})
        if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
            target_compile_options(${target} PRIVATE -fpch-preprocess)
        endif()
    endif()
endfunction()
