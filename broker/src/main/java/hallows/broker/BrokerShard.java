package hallows.broker;

import hallows.cluster.ClusterImage;
import hallows.log.Intake;
import hallows.log.RecentFiles;
import hallows.runtime.Component;
import hallows.runtime.Promise;
import hallows.runtime.Result;
import hallows.runtime.Seat;
import hallows.runtime.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The broker on one shard, in its two roles: home of requests and owner of partitions. Its front
/// ends live and end with it.
final class BrokerShard implements Component, Broker {
    /// Files that readers have open, beside those that logs are written to.
    private static final int RECENT_FILES = 64;

    private final Seat seat;
    private final Premises premises;
    private final Partitions partitions;
    private final Desk desk;
    private final LogKeeping keeping;
    private final Housing housing;
    private final Custody custody;
    private final ProducerNumbers numbers;
    private final List<FrontEnd> frontEnds = new ArrayList<>();

    BrokerShard(Seat seat, Premises premises, Desk.Mail mail, List<FrontEnd.Factory> factories) {
        this.seat = seat;
        this.premises = premises;
        Intake intake = new Intake(premises.options().codecs().get(), seat.buffers());
        Station station =
                new Station(
                        seat,
                        intake,
                        new RecentFiles(seat.disk(), RECENT_FILES),
                        premises.options().notices(),
                        Station.Lanes.of(seat),
                        this::partAnswered);
        this.partitions =
                new Partitions(
                        station,
                        new Partitions.Homeward(this::kept, this::answered),
                        premises.capacity().waiting());
        this.desk = new Desk(seat, premises.placement(), mail, partitions);
        this.keeping =
                new LogKeeping(seat, premises.storage(), premises.options(), premises.clock());
        this.housing = new Housing(station, premises, keeping, this::image);
        this.custody = new Custody(seat, premises, partitions, housing);
        this.numbers = new ProducerNumbers(seat, premises.petitions());
        factories.forEach(factory -> frontEnds.add(factory.open(seat, this)));
    }

    /// Those that live here.
    Partitions partitions() {
        return partitions;
    }

    private void partAnswered(Portion portion) {
        partitions.answered(portion);
    }

    private void kept(Portion portion) {
        desk.keep(portion);
    }

    private void answered(Portion portion) {
        desk.answer(portion);
    }

    @Override
    public void start() {
        premises.storage().shardBegins();
        custody.begin();
        frontEnds.forEach(FrontEnd::start);
    }

    /// First the front ends, here and everywhere, then the logs: whoever was taken in is answered.
    @Override
    public void stop(Promise<Result.Done> done) {
        int[] left = {frontEnds.size()};
        Runnable gone = () -> frontEndsHaveEnded(done);
        if (frontEnds.isEmpty()) {
            gone.run();
        }
        for (FrontEnd each : frontEnds) {
            each.stop(() -> {
                if (--left[0] == 0) {
                    gone.run();
                }
            });
        }
    }

    private void frontEndsHaveEnded(Promise<Result.Done> done) {
        Promise<Result.Done> everywhere = seat.promise();
        // Not in this turn: the last answer may have been given in the midst of something.
        everywhere.then(_ -> seat.alarm(() -> stopLogs(done)).setAfterMillis(0));
        premises.closing().left(everywhere);
    }

    private void stopLogs(Promise<Result.Done> done) {
        custody.stop();
        housing.stop(() -> keeping.stop(() -> logsAreHandedOver(done)));
    }

    private void logsAreHandedOver(Promise<Result.Done> done) {
        premises.storage().shardHasEnded();
        done.complete(Result.Done.DONE);
    }

    @Override
    public void close() {
        frontEnds.forEach(FrontEnd::close);
        partitions.close();
        keeping.close();
    }

    @Override
    public int nodeId() {
        return premises.options().nodeId();
    }

    @Override
    public ClusterImage image() {
        return custody.image();
    }

    @Override
    public boolean submit(Request request, Task asker) {
        return desk.submit(request, asker);
    }

    @Override
    public void hurry(Fetch fetch) {
        fetch.hurry();
    }

    @Override
    public void newProducerId(Consumer<Result<Long>> then) {
        numbers.next(then);
    }
}
