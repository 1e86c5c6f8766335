package hallows.bench.compare;

import java.util.function.Function;

/// What is asked of a broker with Kafka's own clients. They are much code, which shares a processor
/// with its compiler: it is to be compiled before anything is measured.
sealed interface ClientLoad extends Load
        permits ClientSends, ClientFlood, ClientPipes, ClientReads {
    /// One turn, with a topic of its own.
    <T> T turn(Bout bout, Function<ClientTurn, T> work);

    @Override
    default void warm(Bout bout, double seconds) {
        turn(bout, turn -> turn.goOnFor(seconds));
    }

    @Override
    default Outcome measure(Bout bout, double seconds) {
        return turn(bout, turn -> turn.measure(bout.meter(), seconds));
    }
}
