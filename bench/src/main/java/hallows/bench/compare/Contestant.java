package hallows.bench.compare;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who is measured.
public interface Contestant {
    /// `log.segment.delete.delay.ms`: what a removed topic had must not be written in the middle of
    /// the next load.
    String DELETION_MILLIS = "100";

    /// As tables show it.
    String title();

    /// A command that serves from an empty directory, and how it says that it does.
    Plan plan(Path data, Terms terms);

    /// What holds for all that are measured beside each other.
    ///
    /// @param isDurable whether an acknowledgement waits for the disk
    /// @param heap flags of the JVM
    record Terms(boolean isDurable, List<String> heap) {}

    /// How one is started.
    ///
    /// @param command that becomes it
    /// @param environment beside the usual
    /// @param readiness where it serves, from the line that says so
    record Plan(List<String> command, Map<String, String> environment, Readiness readiness) {}

    /// Reads what a broker says.
    interface Readiness {
        /// Where it serves, if this line says so.
        Optional<InetSocketAddress> of(String line);
    }
}
