package hallows.kafka;

import hallows.runtime.Endpoint;
import hallows.simulation.Mishap;
import hallows.simulation.Simulation;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/// The server as its clients know it.
///
/// @param simulation in which it serves
/// @param life the number of the process that serves
/// @param patience how long nothing may move on a connection on which something was asked
/// @param complaints what must not be
record Service(
        Simulation simulation, IntSupplier life, Duration patience, Consumer<String> complaints) {
    /// Where it is.
    static final Endpoint ENDPOINT = new Endpoint("server", 9092);

    long nanos() {
        return simulation.nanos();
    }

    /// How many connections the network has ended at one end, for all that the other knows.
    long silentEnds() {
        return simulation.count(Mishap.LINK_TIMED_OUT);
    }
}
