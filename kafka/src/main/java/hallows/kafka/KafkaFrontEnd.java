package hallows.kafka;

import hallows.broker.Broker;
import hallows.broker.FrontEnd;
import hallows.cluster.Controller;
import hallows.runtime.Alarm;
import hallows.runtime.Link;
import hallows.runtime.LinkHandler;
import hallows.runtime.Listener;
import hallows.runtime.Seat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Speaks Kafka's protocol with the clients of one shard.
public final class KafkaFrontEnd implements FrontEnd {
    /// How long a stop waits for clients to take their last replies.
    private static final long FAREWELL_MILLIS = 200;

    /// How often is looked for those who are idle, in parts of what is too long.
    private static final int IDLE_LOOKS = 8;

    private final Seat seat;
    private final Listener listener;
    private final Station station;
    private final long idleMillis;
    private final Alarm idleLook;
    private final Alarm farewell;

    /// Told when all is answered, once.
    private Runnable stopped = () -> {};

    private boolean stopping;

    private KafkaFrontEnd(Seat seat, Listener listener, Station station) {
        this.seat = seat;
        this.listener = listener;
        this.station = station;
        this.idleMillis = station.options().limits().idleMillis();
        this.idleLook = seat.alarm(this::endIdle);
        this.farewell = seat.alarm(this::sayFarewell);
    }

    /// Makes a front end for each shard, for the connections of one listener.
    ///
    /// @param listener where clients come in
    /// @param options what holds there
    /// @param controller who creates and deletes topics
    public static FrontEnd.Factory factory(
            Listener listener, FrontOptions options, Controller controller) {
        return (seat, broker) -> open(seat, listener, new Parts(broker, options, controller));
    }

    /// What one is made of.
    private record Parts(Broker broker, FrontOptions options, Controller controller) {}

    private static FrontEnd open(Seat seat, Listener listener, Parts parts) {
        Station station = new Station(seat, parts.broker, parts.options, parts.controller);
        return new KafkaFrontEnd(seat, listener, station);
    }

    @Override
    public void start() {
        seat.join(listener, this::welcome);
        lookForIdle();
    }

    private LinkHandler welcome(Link link) {
        Connection connection = new Connection(station, link);
        station.connections().add(connection);
        if (stopping) {
            // It was on its way already.
            connection.finish();
        }
        return connection;
    }

    private void lookForIdle() {
        if (idleMillis > 0) {
            idleLook.setAfterMillis(Math.max(1, idleMillis / IDLE_LOOKS));
        }
    }

    private void endIdle() {
        long nanos = TimeUnit.MILLISECONDS.toNanos(idleMillis);
        List.copyOf(station.connections()).forEach(connection -> connection.endIfIdle(nanos));
        lookForIdle();
    }

    @Override
    public void stop(Runnable then) {
        stopping = true;
        stopped = then;
        seat.leave(listener);
        idleLook.cancel();
        station.watchEnds(this::stopIfThrough);
        List.copyOf(station.connections()).forEach(Connection::finish);
        stopIfThrough();
    }

    private void stopIfThrough() {
        if (station.hasUnanswered()) {
            return;
        }
        if (station.connections().isEmpty()) {
            hasStopped();
        } else if (!farewell.isArmed()) {
            farewell.setAfterMillis(FAREWELL_MILLIS);
        }
    }

    /// Who has not taken his last reply by now does without.
    private void sayFarewell() {
        List.copyOf(station.connections()).forEach(Connection::abort);
        hasStopped();
    }

    private void hasStopped() {
        Runnable told = stopped;
        stopped = () -> {};
        told.run();
    }

    @Override
    public void close() {
        station.connections().forEach(Connection::close);
    }
}
