package hallows.broker;

import hallows.runtime.Application;
import hallows.runtime.Channel;
import hallows.runtime.Clock;
import hallows.runtime.Message;
import hallows.runtime.SchedulingClass;
import hallows.runtime.Supervisor;
import java.util.List;
import java.util.function.Supplier;

/// The broker as an application on the runtime.
public final class Serving {
    private Serving() {}

    /// What a broker is made of.
    ///
    /// @param options what it is told
    /// @param storage its log directories, opened
    /// @param pictures the cluster
    /// @param petitions its way to the controller
    /// @param clock of the world, which moves within a turn
    /// @param shards those of the host, in order
    public record Parts(
            BrokerOptions options,
            Storage storage,
            Pictures pictures,
            Petitions petitions,
            Clock clock,
            List<Integer> shards) {}

    /// Serves the logs in storage through the front ends, with the usual capacity.
    public static Application application(
            Parts parts, long memoryBytes, List<FrontEnd.Factory> frontEnds) {
        return application(parts, Capacity.usual(memoryBytes), frontEnds);
    }

    /// Serves the logs in storage through the front ends. A shard that fails is not begun anew: its
    /// logs are in an unknown state, and who runs the process has to start it again.
    static Application application(
            Parts parts, Capacity capacity, List<FrontEnd.Factory> frontEnds) {
        Desk.Mail mail =
                new Desk.Mail(
                        channel("calls", capacity, Call::new),
                        channel("fetches", capacity, Call::new),
                        channel("words", capacity, Word::new));
        Premises premises =
                new Premises(
                        parts.options(),
                        parts.storage(),
                        parts.pictures(),
                        parts.petitions(),
                        new Placement(parts.shards()),
                        parts.clock(),
                        capacity,
                        new ClosingTime(parts.shards().size()));
        return Application.named("broker")
                .memory(capacity.memoryBytes())
                .with(mail.calls())
                .with(mail.fetches())
                .with(mail.words())
                .supervised(new Supervisor(0, 1))
                .component("shard", seat -> new BrokerShard(seat, premises, mail, frontEnds));
    }

    private static <M extends Message> Channel<M> channel(
            String name, Capacity capacity, Supplier<M> maker) {
        return new Channel<>(name, SchedulingClass.MESSAGING, capacity.calls(), maker);
    }
}
