package hallows.server;

import hallows.runtime.Endpoint;
import java.util.List;

/// That a server can serve.
///
/// @param at where clients come in, with the port that was taken
/// @param advertised where clients are sent to, where that was said
/// @param millis how long it took since it was started
record Ready(Endpoint at, List<String> advertised, long millis) {
    /// The one line that says so.
    String line() {
        String line = "Hallows ready on %s in %d ms".formatted(at, millis);
        return advertised.isEmpty() || advertised.equals(List.of(at.toString()))
                ? line
                : line + ", advertised as " + String.join(", ", advertised);
    }
}
