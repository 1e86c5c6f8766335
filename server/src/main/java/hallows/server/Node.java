package hallows.server;

import hallows.broker.BrokerOptions;
import hallows.broker.FrontEnd;
import hallows.broker.LogSettings;
import hallows.broker.Notice;
import hallows.broker.Pictures;
import hallows.broker.Serving;
import hallows.broker.Storage;
import hallows.broker.StorageOpening;
import hallows.broker.kafka.ControllerPetitions;
import hallows.cluster.ClusterImage;
import hallows.cluster.kafka.ClusterNode;
import hallows.kafka.FrontOptions;
import hallows.kafka.KafkaFrontEnd;
import hallows.log.FlushLimits;
import hallows.log.ProducerLimits;
import hallows.log.kafka.Codecs;
import hallows.runtime.Endpoint;
import hallows.runtime.Fault;
import hallows.runtime.Host;
import hallows.runtime.HostOptions;
import hallows.runtime.Report;
import hallows.runtime.Result;
import hallows.runtime.os.OsWorld;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/// One node: controller and broker in one process, put together from their parts and taken apart in
/// the opposite order.
final class Node {
    /// What has happened to it that somebody has to know.
    interface Witness {
        /// A sentence for who runs it.
        void notice(String sentence);

        /// It cannot go on.
        void fatal(String sentence);
    }
}
