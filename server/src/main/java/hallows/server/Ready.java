package hallows.server;

import hallows.runtime.Endpoint;

/// That a server can serve.
///
/// @param at where clients come in, with the port that was taken
/// @param millis how long it took since it was started
record Ready(Endpoint at, long millis) {
    /// The one line that says so.
    String line() {
        return "Hallows ready on %s in %d ms".formatted(at, millis);
    }
}
