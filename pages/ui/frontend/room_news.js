// Hands what is new in a room to its wall (room_wall.js), which stands beside it. So the wall's own
// script crosses the line once, and not with every look.

export default ({ data, setTriggerValue, parentElement }) => {
  window.digitlabRoom = [data, setTriggerValue];
  window.dispatchEvent(new Event("digitlab-room"));
  return () => {
    if (!parentElement.isConnected) delete window.digitlabRoom;
  };
};
