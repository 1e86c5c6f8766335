package hallows.kafka;

import org.apache.kafka.common.message.FetchRequestData;

/// Asks for everything again and again, and takes nothing of it out.
final class DeafClient extends RemoteClient {
    private static final int VERSION = 12;
    private static final int UNANSWERED_MAX = 300;

    private final int partitions;

    DeafClient(Site site, int partitions) {
        super(site);
        this.partitions = partitions;
    }

    @Override
    void act(Line here) {
        here.pause();
        if (dice().oneIn(500)) {
            here.hangUp();
        } else if (!here.isFull() && here.unanswered() < UNANSWERED_MAX) {
            FetchRequestData all = FetchTest.request(VERSION, dice().below(partitions), 0, -1);
            here.ask(all, VERSION, _ -> {});
        }
    }

    @Override
    void lost() {}

    @Override
    boolean isDone() {
        return true;
    }
}
