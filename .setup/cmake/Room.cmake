# bistro_room(NAME bistro_state FOLDER state SOURCES … LINKS … PRIVATE_LINKS …): a room of the house, one library.
#
# Its headers are found as "FOLDER/header.h", by itself and by those that link it, and by nobody else: each room has an
# include folder of its own below the build, in which there is one link, to the room's sources. So a short cut from one
# room into another that it does not link does not build. LINKS are those that its headers include too. ALONE are the
# sources that are not compiled together with others where rooms are (CMAKE_UNITY_BUILD, as the presets have it): two
# files' helpers have the same name.
function(bistro_room)
    cmake_parse_arguments(PARSE_ARGV 0 arg "" "NAME;FOLDER" "SOURCES;LINKS;PRIVATE_LINKS;ALONE")
    set(door ${PROJECT_BINARY_DIR}/rooms/${arg_NAME})
    file(MAKE_DIRECTORY ${door})
    file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR} ${door}/${arg_FOLDER} SYMBOLIC)
    add_library(${arg_NAME} STATIC ${arg_SOURCES})
    set_source_files_properties(${arg_ALONE} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
    target_include_directories(${arg_NAME} PUBLIC ${door})
    target_compile_definitions(${arg_NAME} PRIVATE QT_NO_CAST_FROM_ASCII QT_NO_FOREACH)
    target_link_libraries(${arg_NAME} PUBLIC ${arg_LINKS} PRIVATE ${arg_PRIVATE_LINKS} bistro_warnings)
endfunction()
