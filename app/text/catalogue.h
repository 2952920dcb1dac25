#pragma once

namespace bistro::app {

// Gives the application, which has to exist, the catalogs that its sentences are said with: the English one, which
// knows one from several, and before it the one of the file that BISTRO_CATALOGUE names, for those who translate.
// Without an application sentences are said as they stand in the code.
void installCatalogues();

} // namespace bistro::app
