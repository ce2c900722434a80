"""Room: everybody draws on their own phone, the wall shows it, one network learns from all."""

from pages.ui import shell
from pages.ui.state import owner, server
from pages.ui.state.address import room_code

if code := room_code():
    from pages.ui.room.phone import show_phone

    with shell.bare_page("room"):
        owner.remember()
        show_phone(code)
else:
    from pages.ui.room.presenter import show_room

    with shell.page("room"):
        show_room()
        owner.remember()
        shell.next_page("learn", "how does it do that? Ten short lessons tell")
        server.warm_up()  # for the first drawing
