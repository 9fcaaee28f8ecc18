import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/** Speaks MongoDB's wire protocol over one file; leaves when whoever started it is gone. */
public final class StandIn {
  // A waiting change stream holds its connection's thread, so connections must hardly ever share one.
  private static final int THREADS = 96;

  public static void main(String[] args) {
    Thread watch = new Thread(StandIn::haltWithParent, "parent-watch");
    watch.setDaemon(true);
    watch.start();
    Storage.open(args.length > 1 ? args[1] : null);
    StandInBackend backend = new StandInBackend();
    backend.version(new Version());
    backend.enableOplog();
    MongoServer server = new MongoServer(backend);
    server.bind(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])), 1, THREADS);
  }

  private static void haltWithParent() {
    try {
      while (System.in.read() >= 0) {
        // nothing is ever said here: only the end of the pipe matters
      }
    } catch (IOException closed) {
      // a broken pipe is an end, too
    }
    Runtime.getRuntime().halt(1);
  }

  /** What driver 7 takes for a server it still supports. */
  private static final class Version implements MongoVersion {
    @Override
    public List<Integer> getVersionArray() {
      return List.of(7, 0, 0);
    }

    @Override
    public int getWireVersion() {
      return 21;
    }
  }
}
